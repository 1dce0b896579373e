/** Events of the proxy, its connections and their packets, as values; and their listener. */
@NullMarked
package dev.midge.proxy.event;

import org.jspecify.annotations.NullMarked;
