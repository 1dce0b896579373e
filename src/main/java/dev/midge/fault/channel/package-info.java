/** A channel that carries faults out below the layers of a connection. */
@NullMarked
package dev.midge.fault.channel;

import org.jspecify.annotations.NullMarked;
