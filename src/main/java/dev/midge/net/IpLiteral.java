package dev.midge.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;

/** Tells addresses from names, without asking anybody. */
public final class IpLiteral {
  private static final int GROUPS_OF_IPV6 = 8;
  private static final int BYTES_OF_IPV4 = 4;

  private IpLiteral() {}

  /** Returns the 4 or 16 bytes of an address, with or without brackets; null when it is a name. */
  public static byte @Nullable [] parse(String host) {
    if (host.indexOf(':') < 0) {
      return ipv4(host);
    }
    int zone = host.indexOf('%'); // It may name an interface that is not here.
    String end = host.startsWith("[") && host.endsWith("]") ? "]" : "";
    try {
      // With a colon in it, it is never looked up.
      return InetAddress.getByName(zone < 0 ? host : host.substring(0, zone) + end).getAddress();
    } catch (UnknownHostException neither) {
      return null;
    }
  }

  /** Returns an address as text: of IPv6 with the longest row of zeros left out, RFC 5952 4. */
  public static String text(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    ShortBuffer groups = ByteBuffer.wrap(address.getAddress()).asShortBuffer();
    int start = 0;
    int length = 1; // a single zero stays
    for (int i = 0; i < GROUPS_OF_IPV6; i++) {
      int end = i;
      while (end < GROUPS_OF_IPV6 && groups.get(end) == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS_OF_IPV6; i++) {
      if (length > 1 && i == start) {
        text.append("::");
        i += length - 1;
      } else {
        boolean isFirst = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(isFirst ? "" : ":").append(Integer.toHexString(groups.get(i) & 0xFFFF));
      }
    }
    return text.toString();
  }

  private static byte @Nullable [] ipv4(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length != BYTES_OF_IPV4) {
      return null;
    }
    byte[] address = new byte[BYTES_OF_IPV4];
    for (int i = 0; i < BYTES_OF_IPV4; i++) {
      String part = parts[i];
      if (part.isEmpty()
          || part.length() > 3
          || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return null;
      }
      int number = Integer.parseInt(part);
      if (number > 255) {
        return null;
      }
      address[i] = (byte) number;
    }
    return address;
  }
}
