import java.util.Scanner;

class Main {
    static char mostFrequent(String line) {
        int[] counts = new int[26];
        for (char c : line.toCharArray()) {
            if (Character.isLetter(c)) {
                counts[Character.toLowerCase(c) - 'a']++;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            if (counts[i] > counts[best]) {
                best = i;
            }
        }
        return counts[best] > 0 ? (char) ('a' + best) : '-';
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        String line = scanner.hasNextLine() ? scanner.nextLine() : "";
        System.out.println(mostFrequent(line));
    }
}
