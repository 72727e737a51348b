// The PNG library, libpng.
#pragma once
#include <png.h>
