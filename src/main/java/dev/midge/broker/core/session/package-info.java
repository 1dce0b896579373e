/** Sessions and their wills: what is kept of a client beyond its connection. */
@NullMarked
package dev.midge.broker.core.session;

import org.jspecify.annotations.NullMarked;
