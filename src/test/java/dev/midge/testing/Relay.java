package dev.midge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Carries bytes both ways between two connections until one of them ends. */
final class Relay {

  private Relay() {}

  static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  /** Returns when the client has ended; then the server is told. */
  static void run(Socket client, Socket server) throws IOException {
    Threads.start("relay", () -> copy(server.getInputStream(), client));
    copy(client.getInputStream(), server);
  }

  /** An end is passed on as an end, a reset as a reset. */
  static void copy(InputStream from, Socket receiver) throws IOException {
    try {
      from.transferTo(receiver.getOutputStream());
      receiver.shutdownOutput();
    } catch (IOException reset) {
      receiver.setSoLinger(true, 0);
      receiver.close();
    }
  }
}
