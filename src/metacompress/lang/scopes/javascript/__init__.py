"""Scope rules of JavaScript and TypeScript."""
