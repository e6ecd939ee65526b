"""A SPARQL endpoint with a page, read only, that outlives whatever is asked of it.

Three kinds of process: the server, an event loop that never computes; the nursery, which holds the
graph and forks; and workers, each a fork that answers one question at a time and is killed at its
limits. From the bottom up:

    limits       what one question may cost
    wire         messages between the processes
    jobs         what a worker can be asked; worker, nursery: the processes
    pool         the server's side of them: who runs, who waits, who is killed
    negotiation, request, description, reply: the SPARQL 1.1 Protocol
    connection   slow clients and too long heads
    app, server  routes; start and stop
"""
