"""Ports for servers that have to be told one."""

import socket

LOOPBACK = "127.0.0.1"


def reserve_port() -> int:
    """A free port on loopback that the system gives to nobody else for the next minute.

    A connection closed by the side that accepted it leaves the port in TIME_WAIT: not chosen for port 0 any more, but
    still to be had by a server that sets SO_REUSEADDR, as Go's and nginx do.
    """
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, 0))
        listener.listen(1)
        port: int = listener.getsockname()[1]
        with socket.create_connection((LOOPBACK, port)) as client:
            accepted, _ = listener.accept()
            accepted.close()
            client.recv(1)
    return port


def is_open(port: int) -> bool:
    """Whether something accepts connections there."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False
