// PostgreSQL's own client library, libpq.
#pragma once
#include <libpq-fe.h>
