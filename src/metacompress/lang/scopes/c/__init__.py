"""Rules of scopes in C and C++."""
