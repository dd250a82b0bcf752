"""For a program that runs by itself: the hosts of `weight_hosts` are found, and lie on loopback.

Python loads this at its start where this folder is in PYTHONPATH. It stands for the name server and the route of the
machine, and for nothing of the program. LOOPBACK_PORT says where they are, SSL_CERT_FILE whom to trust.
"""

import os
import socket
from typing import Any

NAMES = frozenset(os.environ.get("LOOPBACK_NAMES", "").split())
ADDRESS = "93.184.215.14"  # any of the public internet

_found, _reached = socket.getaddrinfo, socket.create_connection


def _look_up(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
    return _found(ADDRESS if host in NAMES else host, port, *arguments, **options)


def _connect(address: Any, *arguments: Any, **options: Any) -> Any:
    there = ("127.0.0.1", int(os.environ["LOOPBACK_PORT"])) if address[0] == ADDRESS else address
    return _reached(there, *arguments, **options)


socket.getaddrinfo, socket.create_connection = _look_up, _connect
