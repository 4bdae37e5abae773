"""The kernel's end of a conversation: socket calls from the standard input, one a line, each answered by one line."""

import socket
import struct
import sys

listener = connection = None
lab = sys.argv[1]


def run(name, argument):
    global listener, connection
    if name == "listen":
        listener = socket.create_server(("", int(argument)))
    elif name == "accept":
        connection, _ = listener.accept()
        listener.close()
    elif name == "connect":
        connection = socket.create_connection((lab, int(argument)), timeout=10)
    elif name == "send":
        connection.sendall(argument.encode())
    elif name == "recv":
        return repr(connection.recv(65535).decode())
    elif name == "shutdown":
        connection.shutdown(socket.SHUT_WR)
    elif name == "close":
        connection.close()
    elif name == "abort":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    elif name == "echo":
        # So many bytes go and must come back the same.
        connection = socket.create_connection((lab, 80), timeout=60)
        connection.settimeout(60)
        data = bytes(i * 7 % 251 for i in range(int(argument)))
        back = bytearray()
        sent = 0
        while len(back) < len(data):
            if sent < len(data):
                sent += connection.send(data[sent : sent + 16384])
                if sent == len(data):
                    connection.shutdown(socket.SHUT_WR)
            while len(back) < sent and (sent == len(data) or sent - len(back) > 20000):
                chunk = connection.recv(65535)
                if not chunk:
                    return "cut off after %d" % len(back)
                back += chunk
        assert connection.recv(1) == b""
        connection.close()
        return "same" if back == data else "different"
    else:
        return "there is no call " + name
    return "0"


for line in sys.stdin:
    name, _, argument = line.strip().partition(" ")
    try:
        print("=", run(name, argument), flush=True)
    except OSError as error:
        print("=", type(error).__name__, flush=True)
