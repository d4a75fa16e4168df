"""Data-flow graphs of programs, as GraphCodeBERT reads them (Guo et al., ICLR 2021)."""
