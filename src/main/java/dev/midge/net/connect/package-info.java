/** The one place that puts the layers of a channel together. */
@NullMarked
package dev.midge.net.connect;

import org.jspecify.annotations.NullMarked;
