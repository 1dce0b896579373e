/** The jobs of the commands that are clients: publish, subscribe, request, stay connected. */
@NullMarked
package dev.midge.client.job;

import org.jspecify.annotations.NullMarked;
