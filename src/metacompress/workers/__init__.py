"""Workers that share the work of one command: in this process, on this machine, or on a cluster.

An executor knows nothing of studies: it runs a job over tasks and yields results in their order.
"""
