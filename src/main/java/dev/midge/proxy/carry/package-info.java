/** One connection through the proxy: its two directions, and the faults on them. */
@NullMarked
package dev.midge.proxy.carry;

import org.jspecify.annotations.NullMarked;
