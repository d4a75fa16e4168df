import java.util.Scanner;

class Main {
    // Is there a part of exactly this length without a repeat?
    static boolean possible(char[] a, int length) {
        int[] count = new int[128];
        int distinct = 0;
        for (int i = 0; i < a.length; i++) {
            if (count[a[i]]++ == 0) distinct++;
            if (i >= length && --count[a[i - length]] == 0) distinct--;
            if (distinct == length) return true;
        }
        return false;
    }

    public static void main(String[] args) {
        Scanner sc = new Scanner(System.in).useDelimiter("\n");
        char[] a = sc.hasNext() ? sc.next().toCharArray() : new char[0];

        int longestDistinct = 0;
        int high = (int) new String(a).chars().distinct().count();
        while (longestDistinct < high) {
            int mid = (longestDistinct + high + 1) / 2;
            if (possible(a, mid)) longestDistinct = mid;
            else high = mid - 1;
        }
        System.out.println(longestDistinct);
    }
}
