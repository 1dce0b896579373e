/** The router: one client per connection, and a handler for each kind of packet. */
@NullMarked
package dev.midge.broker.core.router;

import org.jspecify.annotations.NullMarked;
