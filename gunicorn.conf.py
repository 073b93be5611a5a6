"""How gunicorn serves either site; `bwp serve` starts it so and says where to listen."""

import os

# A request looks figures up and is short. Threads, because a browser opens connections in advance:
# they may not keep a process waiting.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
keepalive = 15

# The application is built once and its memory shared by the workers
preload_app = True

# SIGTERM finishes what is in flight; a worker that no longer answers is replaced
timeout = 30
graceful_timeout = 25

# Workers are renewed now and then, never all at once
max_requests = 20_000
max_requests_jitter = 4_000

control_socket_disable = True
