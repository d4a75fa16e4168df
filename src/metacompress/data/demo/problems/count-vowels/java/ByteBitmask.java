import java.io.IOException;

class Main {
    // bit k is set when the k-th letter of the alphabet is a vowel
    static final int MASK = 1 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20;

    static boolean hit(int b) {
        int k = (b | 0x20) - 'a';
        return b >= 'A' && k >= 0 && k < 26 && (MASK >> k & 1) == 1;
    }

    public static void main(String[] args) throws IOException {
        int vowelsInLine = 0;
        for (int b = System.in.read(); b >= 0; b = System.in.read()) {
            if (b == '\n')
                break;
            if (hit(b))
                vowelsInLine++;
        }
        System.out.println(vowelsInLine);
    }
}
