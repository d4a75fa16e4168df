"""Compile and run programs: what the validity levels ``compile`` and ``execute`` rest on."""
