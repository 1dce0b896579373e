/** Our own engine, and the quick path of a single message. */
@NullMarked
package dev.midge.client.direct;

import org.jspecify.annotations.NullMarked;
