"""Front ends for C, C++, Java and Python: parse, resolve bindings, edit spans."""
