"""What people see of cases: frozen, in one language, for one viewer."""
