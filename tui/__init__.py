"""Terminal screens over frozen views: they open no store and hold no business rule."""
