/**
 * The topics under {@code $SYS}: what the broker tells about itself. Loaded only by brokers that
 * have them; time is an argument.
 */
@NullMarked
package dev.midge.broker.sys;

import org.jspecify.annotations.NullMarked;
