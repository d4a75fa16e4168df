import java.util.Scanner;

class Main {
    static final int SHIFT = 3;

    static String caesarCipher(String plain) {
        StringBuilder sb = new StringBuilder();
        for (char c : plain.toCharArray()) {
            if (c >= 'a' && c <= 'z') {
                sb.append((char) ('a' + (c - 'a' + SHIFT) % 26));
            } else if (c >= 'A' && c <= 'Z') {
                sb.append((char) ('A' + (c - 'A' + SHIFT) % 26));
            } else {
                sb.append(c);
            }
        }
        return sb.toString();
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        String plain = scanner.hasNextLine() ? scanner.nextLine() : "";
        System.out.println(caesarCipher(plain));
    }
}
