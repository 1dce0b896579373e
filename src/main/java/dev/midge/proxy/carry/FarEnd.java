package dev.midge.proxy.carry;

import dev.midge.net.ByteChannel;
import dev.midge.net.Endpoint;

/**
 * The broker that a connection goes to.
 *
 * @param url the endpoint as users write it
 */
record FarEnd(ByteChannel channel, Endpoint endpoint, String url) {}
