/** The proxy as one object, between any client and any broker: start, port, close; its faults. */
@NullMarked
package dev.midge.proxy;

import org.jspecify.annotations.NullMarked;
