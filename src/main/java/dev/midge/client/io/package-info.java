/** The way of whole packets to the channel and back, for both engines, and the checks on it. */
@NullMarked
package dev.midge.client.io;

import org.jspecify.annotations.NullMarked;
