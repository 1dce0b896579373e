/** The state of a broker's clients as immutable values, for those who look into it. */
@NullMarked
package dev.midge.broker.inspect;

import org.jspecify.annotations.NullMarked;
