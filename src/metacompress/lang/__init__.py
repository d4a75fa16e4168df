"""Front ends: parse, resolve bindings, edit spans."""
