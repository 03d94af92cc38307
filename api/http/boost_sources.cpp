// Asio's and Beast's own code, compiled once instead of in every file that names them.

#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
