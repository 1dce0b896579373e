/** The lowest layers of a channel: TCP, unix sockets, SOCKS5, and their end in order. */
@NullMarked
package dev.midge.net.socket;

import org.jspecify.annotations.NullMarked;
