"""Rules of scopes in Java."""
