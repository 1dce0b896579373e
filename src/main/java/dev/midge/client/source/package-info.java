/** The messages that {@code pub} sends, one after the other, whatever they are made of. */
@NullMarked
package dev.midge.client.source;

import org.jspecify.annotations.NullMarked;
