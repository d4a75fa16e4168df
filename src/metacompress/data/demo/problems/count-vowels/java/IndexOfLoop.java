import java.util.Scanner;

class Main {
    private static final String VOWELS = "aeiouAEIOU";

    static int countVowels(String line) {
        int count = 0;
        for (int i = 0; i < line.length(); i++) {
            if (VOWELS.indexOf(line.charAt(i)) >= 0) {
                count++;
            }
        }
        return count;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        if (in.hasNextLine()) {
            System.out.println(countVowels(in.nextLine()));
        } else {
            System.out.println(0);
        }
    }
}
