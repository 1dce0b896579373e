package dev.midge.lwt.peer;

import java.io.Serializable;

/**
 * What the process of the kill row is to do: connect there with that client id, and leave a will.
 */
public record VictimOrder(Target target, String clientId, String willTopic, byte[] willPayload)
    implements Serializable {}
