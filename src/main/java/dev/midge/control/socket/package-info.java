/**
 * The control of a broker or proxy over a unix-domain socket: its place, its server, its client.
 */
@NullMarked
package dev.midge.control.socket;

import org.jspecify.annotations.NullMarked;
