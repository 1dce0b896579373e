package dev.midge.cli.proxy;

import dev.midge.fault.Direction;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.PassedPacket;
import java.io.IOException;

/** Prints packets on standard output. For all threads of the proxy. */
interface PacketPrinter {
  void print(ConnectionName name, Direction direction, PassedPacket packet) throws IOException;
}
