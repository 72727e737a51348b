// The QR symbol encoder libqrencode.
#pragma once
#include <qrencode.h>
