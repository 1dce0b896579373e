package dev.midge.net.tls;

import dev.midge.net.IpLiteral;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The names in a broker's certificate, and the one rule that says which host they are for. A host
 * that is an IP address must be one of the IP addresses, any other host one of the DNS names, in
 * which {@code *.} stands for one label (RFC 6125 6.4). The common name of the subject counts too,
 * for names and addresses, but only in a certificate without a DNS name, as mosquitto has it.
 */
public final class BrokerNames {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final String ANY_LABEL = "*.";

  private final List<String> dns = new ArrayList<>();
  private final List<InetAddress> addresses = new ArrayList<>();
  private final List<String> common;

  private BrokerNames(X509Certificate certificate) throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    for (List<?> name : names == null ? List.<List<?>>of() : names) {
      if (name.get(0).equals(DNS_NAME)) {
        dns.add((String) name.get(1));
      } else if (name.get(0).equals(IP_ADDRESS)) {
        addresses.add(address((String) name.get(1)));
      }
    }
    common = commonNames(certificate.getSubjectX500Principal());
  }

  /**
   * Reads the names.
   *
   * @throws CertificateParsingException when the alternative names are malformed
   */
  public static BrokerNames of(X509Certificate certificate) throws CertificateParsingException {
    return new BrokerNames(certificate);
  }

  private static InetAddress address(String text) throws CertificateParsingException {
    try {
      return InetAddress.getByAddress(IpLiteral.parse(text));
    } catch (UnknownHostException | RuntimeException e) {
      throw new CertificateParsingException("no IP address: " + text, e);
    }
  }

  private static List<String> commonNames(X500Principal subject) {
    List<String> found = new ArrayList<>();
    try {
      for (Rdn part : new LdapName(subject.getName(X500Principal.RFC2253)).getRdns()) {
        Attribute common = part.toAttributes().get("CN");
        if (common != null && common.get() instanceof String text) {
          found.add(text);
        }
      }
    } catch (InvalidNameException e) {
      return List.of(); // No name that could be compared.
    } catch (NamingException e) {
      throw new IllegalStateException(e); // An attribute in memory has its values at hand.
    }
    return found;
  }

  /** Tells whether the certificate is for that host. */
  boolean areFor(String host) {
    byte[] address = IpLiteral.parse(host);
    if (address == null) {
      String wanted = comparable(host);
      return isAmong(dns, wanted) || dns.isEmpty() && isAmong(common, wanted);
    }
    for (InetAddress one : addresses) {
      if (Arrays.equals(one.getAddress(), address)) {
        return true;
      }
    }
    return dns.isEmpty() && isAddressAmong(common, address);
  }

  private static boolean isAddressAmong(List<String> names, byte[] address) {
    for (String name : names) {
      if (Arrays.equals(IpLiteral.parse(name), address)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAmong(List<String> names, String wanted) {
    int dot = wanted.indexOf('.');
    String parent = dot > 0 ? wanted.substring(dot + 1) : "";
    for (String name : names) {
      String known = comparable(name);
      if (known.equals(wanted)
          || !parent.isEmpty()
              && known.startsWith(ANY_LABEL)
              && known.substring(ANY_LABEL.length()).equals(parent)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns a name in lower case, an international one in the form of DNS, without the root's dot.
   */
  private static String comparable(String name) {
    String ascii = name;
    if (!name.chars().allMatch(c -> c < 0x80)) {
      try {
        ascii = IDN.toASCII(name);
      } catch (IllegalArgumentException notInternational) {
        ascii = name; // Equal to nothing but itself.
      }
    }
    String small = ascii.toLowerCase(Locale.ROOT);
    return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
  }

  public List<String> dns() {
    return dns;
  }

  public List<InetAddress> addresses() {
    return addresses;
  }

  /** Returns the common names that count, which are none beside a DNS name. */
  public List<String> common() {
    return dns.isEmpty() ? common : List.of();
  }

  /** Tells whether there is any host that the certificate is for: no address is a DNS name. */
  public boolean areForAnyHost() {
    return !addresses.isEmpty()
        || !common().isEmpty()
        || dns.stream().anyMatch(name -> IpLiteral.parse(name) == null);
  }

  /** Tells whether the common name would be right, if it counted. */
  public boolean isOnlyCommonNameFor(String host) {
    byte[] address = IpLiteral.parse(host);
    return !areFor(host)
        && (address == null ? isAmong(common, comparable(host)) : isAddressAmong(common, address));
  }

  /** Returns the address that a host is; null for a name. */
  public static @Nullable InetAddress literal(String host) {
    byte[] address = IpLiteral.parse(host);
    try {
      return address == null ? null : InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // It has 4 or 16 bytes.
    }
  }
}
