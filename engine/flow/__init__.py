"""What follows from what has happened: tokens move, tasks open, gates open, the case ends."""
