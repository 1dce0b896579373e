/** The broker as an extension of JUnit Jupiter, which has to be on the class path. */
@NullMarked
package dev.midge.broker.junit;

import org.jspecify.annotations.NullMarked;
