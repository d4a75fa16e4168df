import java.util.Scanner;

class Main {
    static String encode(String text) {
        StringBuilder out = new StringBuilder();
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run++;
            boolean last = i + 1 == text.length();
            if (last || text.charAt(i + 1) != text.charAt(i)) {
                out.append(run).append(text.charAt(i));
                run = 0;
            }
        }
        return out.toString();
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.println(in.hasNextLine() ? encode(in.nextLine()) : "");
    }
}
