"""A SPARQL endpoint with a page, read only, that outlives whatever is asked of it.

Three kinds of process: the server, an event loop that never computes; the nursery, which holds the
graph and forks; and workers, each a fork that answers one question at a time and is killed at its
limits. From the bottom up:

    limits       what one question may cost
    wire         messages between the processes
    jobs         what a worker can be asked: answer, questions; worker, nursery: the processes
    pool         the server's side of them: who runs, who waits, who is killed
    protocol     the SPARQL 1.1 Protocol: with messages, negotiation and description
    connection   slow clients and too long heads
    cache, log   answers that need not be computed again; one line for each request
    app, pages   the routes and the pages; warm, server: start and stop
"""
