"""The rule engine: process graph, people, clocks, commands, events, stores, views and the service."""
