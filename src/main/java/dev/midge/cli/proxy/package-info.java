/** The command line of the proxy: its options, its lines of packets and of events, its logs. */
@NullMarked
package dev.midge.cli.proxy;

import org.jspecify.annotations.NullMarked;
